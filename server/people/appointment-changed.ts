import { eventKind } from '#server/platform'

/** A post was given or taken: whoever shows or counts holders follows in the same transaction. */
export interface AppointmentChanged {
  readonly appointmentId: string
  readonly personId: string
  readonly unitId: string
  readonly unitPath: string
  readonly post: string
}

export const appointmentChanged = eventKind<AppointmentChanged>('appointment.changed')
