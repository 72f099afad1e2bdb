import {
  AuditOutlined,
  BankOutlined,
  CarryOutOutlined,
  FileDoneOutlined,
  HomeOutlined,
  ImportOutlined,
  PieChartOutlined,
  ReadOutlined,
  SmileOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

export type PlaceId =
  | 'my'
  | 'desk'
  | 'students'
  | 'visits'
  | 'flows'
  | 'counts'
  | 'policies'
  | 'imports'
  | 'units'
  | 'audit'

/** The places of the shell, in the order they stand. None of their names says anything about a child. [C24] */
export const places: Readonly<Record<PlaceId, { readonly label: string; readonly icon: ReactNode }>> = {
  my: { label: '我的', icon: <SmileOutlined /> },
  desk: { label: '工作台', icon: <HomeOutlined /> },
  students: { label: '学生', icon: <TeamOutlined /> },
  visits: { label: '家访', icon: <CarryOutOutlined /> },
  flows: { label: '办理', icon: <FileDoneOutlined /> },
  counts: { label: '覆盖率', icon: <PieChartOutlined /> },
  policies: { label: '政策', icon: <ReadOutlined /> },
  imports: { label: '导入', icon: <ImportOutlined /> },
  units: { label: '单位与人员', icon: <BankOutlined /> },
  audit: { label: '审计', icon: <AuditOutlined /> },
}

export const placeOrder = Object.keys(places) as readonly PlaceId[]
