/** Whole fen as people read an amount: `18,600.00 元`. */
export const inYuan = (fen: number): string =>
  `${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} 元`
