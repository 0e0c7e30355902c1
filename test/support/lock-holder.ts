import { lockDirectory } from '../../bot-server/src/kernel/db/directory-lock';

/** Takes the lock given as argument and keeps it until killed; a child of the lock test. */
lockDirectory(process.argv[2] ?? '');
process.stdout.write('held');
setInterval(() => undefined, 60_000);
