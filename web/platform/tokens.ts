import type { ThemeConfig } from 'antd'

/**
 * The one place where colours and sizes are named. One quiet primary colour; red only for harm or loss. Every text colour
 * keeps at least 4.5:1 on every ground it stands on.
 */
export const palette = {
  primary: '#23577d',
  primaryGround: '#e9f0f6',
  ink: '#1d2329',
  quiet: '#515b66',
  line: '#dde2e7',
  paper: '#ffffff',
  ground: '#f4f6f8',
  good: '#2c6b4a',
  goodGround: '#e8f3ec',
  heed: '#7a4d00',
  heedGround: '#fdf3df',
  harm: '#a8261d',
  harmGround: '#fcebe9',
} as const

const fontFamily = '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'

/** The antd theme for a body size in px (14 on desks, 16 on phones, more on request). */
export const themeFor = (bodySize: number, phone: boolean): ThemeConfig => ({
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    colorSuccess: palette.good,
    colorWarning: palette.heed,
    colorError: palette.harm,
    colorText: palette.ink,
    colorTextSecondary: palette.quiet,
    colorTextTertiary: palette.quiet,
    colorTextDescription: palette.quiet,
    colorTextPlaceholder: '#69737e',
    colorTextDisabled: '#69737e',
    colorBorder: '#b9c1c9',
    colorBorderSecondary: palette.line,
    colorSplit: palette.line,
    colorBgLayout: palette.ground,
    colorWarningBg: palette.heedGround,
    colorWarningText: palette.heed,
    colorErrorBg: palette.harmGround,
    colorSuccessBg: palette.goodGround,
    colorInfoBg: palette.primaryGround,
    borderRadius: 6,
    fontFamily,
    fontSize: bodySize,
    controlHeight: phone ? 44 : 34,
    sizeUnit: 4,
    sizeStep: 4,
    wireframe: false,
    // Nothing moves: an icon that waits for the end of a movement stays on a busy machine, and is read out as “loading”.
    motion: false,
  },
  components: {
    Layout: { siderBg: palette.paper, bodyBg: palette.ground, headerBg: palette.paper },
    Menu: { itemHeight: 40, itemSelectedBg: palette.primaryGround, itemMarginInline: 8 },
    Tag: { defaultColor: palette.ink, defaultBg: palette.ground },
    Tabs: { horizontalItemPadding: phone ? '12px 4px' : '10px 0' },
    Form: { itemMarginBottom: phone ? 24 : 20, verticalLabelPadding: '0 0 6px' },
  },
})

/** Puts the palette where the style sheet reads it. Done once, before the first paint. */
export const layPalette = (root: HTMLElement): void => {
  for (const [name, value] of Object.entries(palette)) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value)
  }
}
