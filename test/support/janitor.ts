import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends servers and removes folders when this process is gone, however it went: a shell reads what to clean from a pipe, and the pipe ends
 * with us. Exit handlers are not enough: jest never calls them in a test file, and kill -9 calls none.
 */
const script = `
pids=' '
while read -r what value; do
  case $what in
    pid) pids="$pids$value " ;;
    ended) pids=$(printf '%s' "$pids" | sed "s/ $value / /") ;;
    folder) set -- "$@" "$value" ;;
  esac
done
if [ "$pids" != ' ' ]; then
  kill -QUIT $pids
  sleep 1
  kill -KILL $pids
fi
for folder in "$@"; do rm -rf -- "$folder"; done
`;

let janitor: ChildProcess | undefined;

function tell(line: string): void {
  if (!janitor) {
    janitor = spawn('/bin/sh', ['-c', script, 'janitor'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    janitor.unref();
    janitor.on('error', () => undefined);
    // A pipe is a socket here; unref keeps it from holding the process open.
    const { stdin } = janitor;
    if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  }
  janitor.stdin?.write(`${line}\n`);
}

export const endWithUs = (pid: number): void => tell(`pid ${pid}`);
export const hasEnded = (pid: number): void => tell(`ended ${pid}`);
export const removeWithUs = (folder: string): void => tell(`folder ${folder}`);
