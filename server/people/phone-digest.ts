import type { Services } from '#server/platform'

/** The keyed digest under which a family's mobile number is found at sign-in. */
export const phoneDigest = ({ secrets }: Pick<Services, 'secrets'>, mobile: string): Buffer =>
  secrets.digest('family-phone', mobile)
