import type { Services } from '#server/platform'
import { calendarChanged, type Registry } from '#server/policies'
import { openCalendar } from './calendar.ts'
import { openPlans, type Plans } from './duty-plan.ts'
import { followEvents } from './move-events.ts'
import { followRecords } from './move-progress.ts'

/** Opens what duties are kept by (rules in force, school calendars) and lets progress follow records and classes. */
export const openDuties = async (services: Services, registry: Registry): Promise<Plans> => {
  const calendar = await openCalendar(services)
  services.events.when(calendarChanged, () => calendar.refresh())
  const plans = openPlans(registry, calendar, services.today)
  // Figures that events move are held before any other figure.
  followEvents(services.events, plans)
  followRecords(services.events, plans)
  return plans
}
