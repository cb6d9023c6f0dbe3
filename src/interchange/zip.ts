/**
 * One more member in a zip archive, without unpacking the others.
 *
 * @see APPNOTE.TXT 6.3, .ZIP File Format Specification, chapters 4.3.12 and 4.3.16
 */
import { zipSync } from 'fflate'

/** The first day that a zip can name. */
export const DATE: Date = new Date(1980, 0, 1)

/** Bytes of the record at the end of an archive that has no comment. */
const END = 22

/** Places within that record: numbers of members (twice), size and start of the directory. */
const [COUNT_HERE, COUNT, SIZE, START] = [8, 10, 12, 16]

/** Place of a member's start within its entry of the directory. */
const OFFSET = 42

/** The archive, which has no comment and fewer than 65 535 members, with one more at its end. */
export function withMember(archive: Uint8Array, name: string, bytes: Uint8Array): Uint8Array {
  const added = zipSync({ [name]: [bytes, { level: 6, mtime: DATE }] })
  const [before, after] = [directoryOf(archive), directoryOf(added)]
  const size = before.size + after.size
  const whole = new Uint8Array(before.start + after.start + size + END)
  whole.set(archive.subarray(0, before.start))
  whole.set(added.subarray(0, after.start), before.start)
  const directory = before.start + after.start
  whole.set(archive.subarray(before.start, before.start + before.size), directory)
  whole.set(added.subarray(after.start), directory + before.size)
  const view = new DataView(whole.buffer)
  view.setUint32(directory + before.size + OFFSET, before.start, true)
  const end = whole.length - END
  view.setUint16(end + COUNT_HERE, before.count + 1, true)
  view.setUint16(end + COUNT, before.count + 1, true)
  view.setUint32(end + SIZE, size, true)
  view.setUint32(end + START, directory, true)
  return whole
}

function directoryOf(archive: Uint8Array): { count: number; size: number; start: number } {
  const view = new DataView(archive.buffer, archive.byteOffset + archive.length - END)
  return {
    count: view.getUint16(COUNT, true),
    size: view.getUint32(SIZE, true),
    start: view.getUint32(START, true),
  }
}
