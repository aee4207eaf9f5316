/** A file of an archive, as the archive's directory describes it. */
export interface ZipEntry {
  name: string;
  /** Bytes when it is unpacked. */
  size: number;
  compressedSize: number;
  deflated: boolean;
  crc: number;
  /** Bytes of its name. */
  nameLength: number;
  /** Where its local header begins. */
  header: number;
  /** Where the next entry, or the directory, begins. */
  end: number;
}
