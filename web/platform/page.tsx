import { Breadcrumb } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Go } from './going.tsx'

export interface Crumb {
  readonly label: string
  readonly to?: string
}

interface PageProps {
  readonly title: string
  /** What the browser's tab and history say instead, where the title is a person's name. */
  readonly tabTitle?: string
  /** Where this page stands, from the outside in, without the page itself. */
  readonly breadcrumb?: readonly Crumb[]
  readonly actions?: ReactNode
  /** One quiet line under the title. */
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** One screen: its title (also of the browser tab), where it stands, its acts, its content. */
export const Page = ({ title, tabTitle, breadcrumb, actions, lead, children }: PageProps) => {
  useEffect(() => {
    document.title = `${tabTitle ?? title} · 同行`
  }, [title, tabTitle])
  const crumbs = breadcrumb?.map(({ label, to }) => ({ title: to ? <Go to={to}>{label}</Go> : label, key: label }))
  return (
    <>
      {crumbs && crumbs.length > 0 ? <Breadcrumb className="page-trail" items={crumbs} /> : null}
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {lead ? <div className="quiet">{lead}</div> : null}
        </div>
        {actions ? <div className="page-acts">{actions}</div> : null}
      </div>
      {children}
    </>
  )
}

/** A titled part of a page. `flush` lets a table reach its edges. */
export const Panel = (props: { title?: ReactNode; aside?: ReactNode; flush?: boolean; children: ReactNode }) => (
  <section className={props.flush ? 'panel panel-flush' : 'panel'}>
    {props.title || props.aside ? (
      <div className="panel-head">
        {props.title ? <h2>{props.title}</h2> : <span />}
        {props.aside}
      </div>
    ) : null}
    {props.children}
  </section>
)

/** Names and values under each other, or `wide` in columns where there is room: `[['出生日期', '2015年3月1日'], …]`. Absent values are not shown. */
export const Facts = ({ rows, wide }: { rows: readonly (readonly [string, ReactNode])[]; wide?: boolean }) => (
  <dl className={wide ? 'facts facts-wide' : 'facts'}>
    {rows
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([label, value]) => (
        <div className="fact" key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)
