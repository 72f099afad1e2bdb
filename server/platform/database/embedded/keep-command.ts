import type { Identity } from './choose-identity.ts'

/**
 * Runs a command and ends it when our end of the pipe closes: when we end the child's stdin, and also when this process
 * is killed with -9, so that nothing goes on working on the files behind the next start's back. A server that is only just
 * starting does not heed the signal yet: it is asked again until it has gone.
 */
const keeper = `
end=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & child=$!
{ read -r _ <&3
  if [ "$end" != stop ]; then kill -KILL 0; fi
  while kill -INT $child 2>/dev/null; do sleep 1 3<&- </dev/null >/dev/null 2>&1; done
} & watcher=$!
exec 3<&-
wait $child; code=$?
kill $watcher 2>/dev/null
exit $code
`

/**
 * What to spawn for a database program: as whom, kept by a shell (except on Windows), then the words themselves.
 * `stop` asks the server to shut down fast; `kill` ends initdb with everything it started, its work is thrown away.
 */
export function keptCommand(identity: Identity, end: 'stop' | 'kill', words: readonly string[]): [string, string[]] {
  const shell = process.platform === 'win32' ? [] : ['/bin/sh', '-c', keeper, 'keeper', end]
  const [program = '', ...rest] = [...identity.prefix, ...shell, ...words]
  return [program, rest]
}

/** As whom to spawn it, and in a session of its own: Ctrl-C in the terminal reaches the program first, which decides. */
export function spawnOptions(identity: Identity) {
  const who = identity.uid === undefined ? {} : { uid: identity.uid, gid: identity.gid ?? identity.uid }
  return { ...who, detached: process.platform !== 'win32', windowsHide: true }
}
