const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

// Nothing is open yet: the program simply leaves.
let heed = (): void => process.exit(0)

// From the first line on, by listeners that stay: a signal that waits for its turn while another listener takes over
// would be lost, and with it the stop.
for (const signal of signals) process.on(signal, () => heed())

/** Says what a stop means from now on: Ctrl-C, a service manager, a terminal that is closed. */
export const onStop = (next: () => void): void => {
  heed = next
}
