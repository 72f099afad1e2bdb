/** What asks the program to leave: Ctrl-C, a service manager, a terminal that is closed. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

const leave = (): void => process.exit(0)

/** From the first line on a stop is heeded: nothing is open yet, so the program simply leaves. */
export const heedEarlyStop = (): void => {
  for (const signal of stopSignals) process.on(signal, leave)
}

/** From here on somebody else heeds it. */
export const endEarlyStop = (): void => {
  for (const signal of stopSignals) process.off(signal, leave)
}
