import { App, Modal } from 'antd'
import { ChangePasswordForm } from './change-password-form.tsx'

/** Changes one's own password over the page; whoever else is signed in with the old one is out. */
export const ChangePasswordDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { message } = App.useApp()
  const done = (): void => {
    void message.success('密码已改,其他设备上的登录已退出。')
    onClose()
  }
  return (
    <Modal
      title="修改密码"
      open={open}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      closable={{ 'aria-label': '关闭' }}
    >
      <ChangePasswordForm oldLabel="原密码" onDone={done} />
    </Modal>
  )
}
