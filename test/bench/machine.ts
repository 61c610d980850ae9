import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** The machine and what runs on it, in a line. */
export function machine(): string {
  const [{ model } = { model: 'unknown' }] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `${cpus().length} × ${model.trim()}, ${memory}`,
    `Node ${process.versions.node}`,
    version('mariadb', ['--version'], /Distrib ([\d.]+)/, 'MariaDB'),
  ].join(', ');
}

/** `NAME 1.2.3` of a program that is there, else `no NAME`. */
export function version(command: string, args: readonly string[], pattern: RegExp, name: string): string {
  try {
    const [, found] = pattern.exec(execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' })) ?? [];
    return found === undefined ? name : `${name} ${found}`;
  } catch {
    return `no ${name}`;
  }
}
