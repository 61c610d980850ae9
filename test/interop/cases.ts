/**
 * What every toolkit must be able to do, whatever its language: the one list. A program reports
 * each case exactly once, under its name here; its folder holds how that toolkit does it.
 */
export const CASES = {
  // Sessions
  login: 'login gives a token, the user name, a time-out in minutes and a boolean',
  'second-login': 'a second login ends the first session: its token answers in-band 10',
  logout: 'after logout the token answers in-band 10',

  // Jobs
  start: 'a program is started and its job has the group, the operation and the owner asked for',
  'start-without-group': "a null job group: the job's id becomes its group",
  watch: 'progress by target until job-not-found (20), then the record says Complete, with a completed time',
  'failed-job': "a failed program's message is in the job's record",
  kill: 'a running job is killed; once it has ended, killing it again answers 22',
  'null-job': 'an unknown job is a null, not an empty object',
  'list-all': "all the caller's jobs, ended ones too",
  'list-running': 'running jobs only',
  'all-users-refused': 'include_all_user by a user who is no administrator answers in-band 13',
  comment: 'a comment is set and read back',
  'comment-cleared': 'a null comment clears it: it reads as null',
  delete:
    'an item for each job id: 0 ended, 21 not ended, 20 unknown; the ended one is gone with its records',

  // Records and pages, of the groups that interop-store.ts fills
  add: 'a record is stored and comes back with recordId, username, created and a status of 0',
  'date-time': 'created is read as a time near now; a created with an offset is accepted',
  'page-none': 'the page of an empty group: total 0, an array of zero size',
  'page-one': 'an array of one record',
  'page-three': 'three records, in order',
  'page-250': 'pages of 100, 100 and 50 hold every record once, in order',
  'page-past-end': 'an offset past the end: an array of zero size, and the total',
  'page-max-0': 'max 0: no records, and the total',
  'page-all': 'max -1: all 250 in one answer',
  'invalid-pagination': 'a negative offset answers in-band 30, with the pagination as asked',

  // Arrays as arguments
  'array-0': 'an array argument of no items',
  'array-1': 'an array argument of one item',
  'array-3': 'an array argument of three items, in order',

  // Texts and nulls
  'empty-text': 'an empty text comes back empty, not null',
  'null-text': 'a null text comes back null, not empty',
  'null-structure': 'a null structure (the status of a listed record) reads as null',
  'white-space': 'leading, trailing and inner blanks, tabs and newlines are kept',
  'carriage-return': 'a carriage return is kept',
  unicode: 'characters of the basic plane, in texts and in names',
  'unicode-beyond-bmp': 'characters beyond U+FFFF',
  'xml-characters': 'characters that XML gives a meaning',
  'long-text': 'a text of 90 KB',

  // Errors by kind
  'bad-token': 'a token never given answers in-band 10',
  'fault-bad-token': 'where an answer has no place for a status, a bad token is a fault [10]',
  'fault-wrong-password': 'a wrong password is a fault [12]',
  'fault-unknown-program': 'an unknown program is a fault [23]',
  'fault-wrong-type': "a number that is none is the client's fault and names the element",
} as const;

export type CaseName = keyof typeof CASES;
