/**
 * Files that are there in whole or not at all, in Node.
 */
import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { PsilabError } from '../../error.js'

/** What the system answers, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EACCES: 'writing there is not allowed',
  EPERM: 'writing there is not allowed',
  EROFS: 'the disk is read-only',
  EISDIR: 'there is a folder of this name',
  ENOTEMPTY: 'there is a folder of this name',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  ENAMETOOLONG: 'its name is too long',
}

/**
 * Write beside the file, then put it in its place.
 * @throws PsilabError `parameter` where that cannot be done
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const place = path.resolve(file)
  const draft = path.join(path.dirname(place), `.psilab-${randomUUID()}.tmp`)
  try {
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, place)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new PsilabError({
      code: 'parameter',
      parameter: 'file',
      problem: `cannot be written: ${REASONS[code] ?? String(error)}`,
      got: place,
    })
  }
}
