import { createServer } from 'node:http'
import { type StartFault, startFault } from './platform/data-folder/start-fault.ts'

/** The sentence for a port that cannot be listened on. */
export const portFault = ({ code }: NodeJS.ErrnoException, port: number, host: string): StartFault | undefined => {
  if (code === 'EADDRINUSE')
    return startFault(
      'port.refused',
      `端口 ${port} 已被别的程序占用,请关闭它,或用 PORT=其他端口 再启动。数据没有改动。`,
    )
  if (code === 'EACCES') return startFault('port.refused', `没有权限使用端口 ${port},请换一个大于 1024 的端口。`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return startFault('port.refused', `本机没有 HOST=${host} 这个地址,请改成本机的地址,或不设 HOST。`)
  return undefined
}

/** Tries the port before anything is loaded, so that whoever chose a taken one need not wait to be told. */
export const insistOnPort = async (port: number, host: string): Promise<void> => {
  if (port === 0) return
  const trial = createServer()
  await new Promise<void>((resolve, reject) => {
    trial.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, port, host) ?? error))
    trial.listen(port, host, resolve)
  })
  await new Promise((resolve) => trial.close(resolve))
}
