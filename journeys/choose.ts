import type { Page } from 'playwright-core'

/** Picks from a list one types into: the label in full, and what is typed. */
export const choose = async (page: Page, label: string, typed: string): Promise<void> => {
  const box = page.getByRole('combobox', { name: label, exact: true })
  await box.click()
  await box.fill(typed)
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: typed })
    .first()
    .click()
}
