/** Share in percent with one decimal; "—" when nothing is counted: no one to visit is not 100 %. [C12] */
export const percentage = (met: number, need: number): string =>
  need === 0 ? '—' : `${(Math.floor((met * 1000) / need) / 10).toFixed(1)}%`
