// What the pool loads in each thread, which it does with require(). Were that an ES module, ending a
// thread as it starts could end the process: Node 20.20, "FATAL ERROR: v8::Module::IsGraphAsync must
// be used on an instantiated module", some 1 in 1,000 ended at a random moment; with import() 0 of 2,800.
const entry = import('./program-thread.ts').then((thread) => thread.default);

module.exports = async (...task: Parameters<Awaited<typeof entry>>) => (await entry)(...task);
