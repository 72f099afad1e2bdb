import { BellOutlined, DownOutlined, EllipsisOutlined, UserOutlined } from '@ant-design/icons'
import { Badge, Button, Divider, Drawer, Menu, Popover, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { Go, useGo, usePath } from './going.tsx'
import { useMe } from './me.tsx'
import { useOnline } from './online.ts'
import { type PlaceId, placeOrder, places } from './places.tsx'
import { fontSizes, useIsPhone, useReading } from './reading.tsx'
import type { ScreenRoute } from './routes.tsx'

interface ShellProps {
  readonly routes: readonly ScreenRoute[]
  readonly children: ReactNode
  readonly onSignOut: () => void
  readonly onChangePassword: () => void
  /** Where messages are read and how many wait unread. */
  readonly messages: MessagesProps['messages']
  /** What waits on this device to be sent; shown on every page. */
  readonly waiting?: ReactNode
}

interface Door {
  readonly place: PlaceId
  readonly to: string
}

/** The place an address belongs to: the longest path whose fixed part it begins with. */
export const placeOf = (routes: readonly ScreenRoute[], path: string): PlaceId | undefined => {
  const fixed = (route: ScreenRoute): string => route.path.split('/$')[0] ?? ''
  const fits = routes.filter(
    (route) => path === route.path || path === fixed(route) || path.startsWith(`${fixed(route)}/`),
  )
  return fits.sort((a, b) => fixed(b).length - fixed(a).length)[0]?.place
}

const useDoors = (routes: readonly ScreenRoute[]): { doors: readonly Door[]; current: PlaceId | undefined } => {
  const me = useMe()
  const path = usePath()
  const doors = placeOrder.flatMap((place) => {
    const entry = routes.find((route) => route.place === place && route.entry)
    return entry && me.places.includes(place) ? [{ place, to: entry.path }] : []
  })
  return { doors, current: placeOf(routes, path) }
}

/** Navigation, who I am, what waits to be sent, and the page. Side by side on a desk, bottom bar of four on a phone. */
export const Shell = (props: ShellProps) => {
  const phone = useIsPhone()
  const online = useOnline()
  const { messages } = props
  const { doors, current: place } = useDoors(props.routes)
  // On the page of messages the bell is where one is.
  const current = usePath() === messages.to ? undefined : place
  const mine = { onSignOut: props.onSignOut, onChangePassword: props.onChangePassword, messages }
  return (
    <div className="shell">
      <a className="skip" href="#page">
        跳到正文
      </a>
      {phone ? null : <Side doors={doors} current={current} {...mine} />}
      <div className="shell-main">
        {online ? null : (
          <div className="strip" role="status">
            现在没有网络。可以继续填写,记录先存在本机,连上后自动发送。
          </div>
        )}
        {props.waiting}
        <main className="shell-page" id="page" tabIndex={-1}>
          {props.children}
        </main>
      </div>
      {phone ? <Bar doors={doors} current={current} {...mine} /> : null}
    </div>
  )
}

interface MessagesProps {
  readonly messages: { readonly to: string; readonly unread: number }
}

interface MineProps {
  readonly onSignOut: () => void
  readonly onChangePassword: () => void
}

interface NavProps extends MineProps, MessagesProps {
  readonly doors: readonly Door[]
  readonly current: PlaceId | undefined
}

const familyWords = { guardian: '家长', student: '学生' } as const

/** The menu closes with the step to a dialog. */
const closing = ({ onSignOut, onChangePassword }: MineProps, close: () => void): MineProps => ({
  onSignOut,
  onChangePassword: () => {
    close()
    onChangePassword()
  },
})

/** The bell: what was told to me. */
const Bell = ({ messages: { to, unread }, className }: MessagesProps & { className: string }) => (
  <Go to={to} className={className} {...(usePath() === to ? { 'aria-current': 'page' as const } : {})}>
    <Badge count={unread} size="small" overflowCount={99} aria-hidden>
      <BellOutlined aria-hidden style={{ color: 'inherit' }} />
    </Badge>
    <span>消息</span>
    {unread > 0 ? <span className="only-read">,{unread} 条未读</span> : null}
  </Go>
)

const Side = ({ doors, current, messages, ...mine }: NavProps) => {
  const go = useGo()
  const me = useMe()
  const [open, setOpen] = useState(false)
  return (
    <header className="shell-side">
      <div className="shell-brand">同行</div>
      <nav className="shell-places" aria-label="主导航">
        <Menu
          mode="inline"
          style={{ borderInlineEnd: 0 }}
          selectedKeys={current ? [current] : []}
          onClick={({ key }) => go(doors.find((door) => door.place === key)?.to ?? '/')}
          items={doors.map(({ place }) => ({ key: place, icon: places[place].icon, label: places[place].label }))}
        />
      </nav>
      <div className="shell-foot">
        <Bell messages={messages} className="user-button bell" />
        <Popover
          trigger="click"
          placement="topLeft"
          open={open}
          onOpenChange={setOpen}
          content={<Mine {...closing(mine, () => setOpen(false))} />}
        >
          <button type="button" className="user-button">
            <UserOutlined aria-hidden />
            <span style={{ flex: 1, minWidth: 0 }}>
              <span className="clip">{me.name}</span>
              <span className="clip quiet" style={{ fontSize: '0.86em' }}>
                {me.posts[0]?.label ?? (me.family ? familyWords[me.family] : '暂无岗位')}
              </span>
            </span>
            <span className="only-read">我的岗位与设置</span>
            <DownOutlined aria-hidden style={{ fontSize: 10 }} />
          </button>
        </Popover>
      </div>
    </header>
  )
}

const Bar = ({ doors, current, messages, ...mine }: NavProps) => {
  const [open, setOpen] = useState(false)
  const first = doors.slice(0, 3)
  const rest = doors.slice(3)
  // A family has few places: its messages stand in the bar itself.
  const hasRoom = first.length < 3
  return (
    <>
      <nav className="shell-bar" aria-label="主导航">
        {first.map(({ place, to }) => (
          <Go
            key={place}
            to={to}
            className="shell-bar-item"
            {...(place === current ? { 'aria-current': 'page' as const } : {})}
          >
            {places[place].icon}
            {places[place].label}
          </Go>
        ))}
        {hasRoom ? <Bell messages={messages} className="shell-bar-item" /> : null}
        <button
          type="button"
          className="shell-bar-item"
          aria-expanded={open}
          aria-current={rest.some((door) => door.place === current) ? 'page' : undefined}
          onClick={() => setOpen(true)}
        >
          <Badge dot={!hasRoom && messages.unread > 0}>
            <EllipsisOutlined style={{ color: 'inherit' }} />
          </Badge>
          更多
        </button>
      </nav>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="auto" title="更多">
        {hasRoom ? null : (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the link inside is the control
          <div className="shell-more" onClick={() => setOpen(false)}>
            <Bell messages={messages} className="bell" />
          </div>
        )}
        {rest.map(({ place, to }) => (
          // The drawer closes with the step to the next page.
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the link inside is the control
          <div key={place} className="shell-more" onClick={() => setOpen(false)}>
            <Go to={to}>
              {places[place].icon} {places[place].label}
            </Go>
          </div>
        ))}
        {rest.length > 0 ? <Divider size="small" /> : null}
        <Mine {...closing(mine, () => setOpen(false))} />
      </Drawer>
    </>
  )
}

const Mine = ({ onSignOut, onChangePassword }: MineProps) => {
  const me = useMe()
  const { fontSize, setFontSize } = useReading()
  return (
    <div style={{ minWidth: 220, maxWidth: 320 }}>
      <div className="strong">{me.name}</div>
      <ul className="plain-list quiet">
        {me.posts.map((post) => (
          <li key={`${post.post} ${post.unitId}`}>
            {post.label} · {post.unitName}
          </li>
        ))}
      </ul>
      <Divider size="small" />
      <div className="quiet" style={{ marginBottom: 4 }}>
        字号
      </div>
      <Segmented
        block
        value={fontSize}
        onChange={setFontSize}
        options={fontSizes.map(({ size, label }) => ({ value: size, label }))}
        aria-label="字号"
      />
      <Divider size="small" />
      <Button block onClick={onChangePassword} style={{ marginBottom: 8 }}>
        修改密码
      </Button>
      <Button block onClick={onSignOut}>
        退出登录
      </Button>
    </div>
  )
}
