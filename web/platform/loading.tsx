/** Skeleton rows while an answer is on its way; never a lone spinner over an empty page. */
export const Loading = ({ rows = 6 }: { rows?: number }) => (
  <div className="skeleton" role="status" aria-label="正在读取">
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no identity
      <div className="skeleton-row" key={row}>
        <span />
        <span />
        <span />
      </div>
    ))}
  </div>
)
