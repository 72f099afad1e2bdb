import { crc32, deflateSync } from 'node:zlib'

const width = 420
const height = 594

const chunk = (kind: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

// A sheet with ruled lines and a stroke below them, as a scan of a signed paper looks from afar.
const isInk = (x: number, y: number): boolean => {
  const ruled = y > 80 && y < 420 && y % 34 < 2 && x > 50 && x < 370
  const stroke = x > 220 && x < 350 && Math.abs(y - 490 - 16 * Math.sin(x / 9)) < 2
  return ruled || stroke
}

/** The picture of a signed paper, as a class teacher adds one to a request filled in for a family: PNG. */
export const signedPaper = (): Buffer => {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0])
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  const rows = Buffer.alloc((width + 1) * height, 250)
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = 0
    for (let x = 0; x < width; x++) if (isInk(x, y)) rows[y * (width + 1) + 1 + x] = 70
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
