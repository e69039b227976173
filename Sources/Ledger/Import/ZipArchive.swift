import CZip
import Foundation

/// The parts of a file that is a ZIP archive, each read a piece at a time.
final class ZipArchive {
  /// What keeps it from being read.
  struct Failure: Error {
    let message: String
  }

  /// A part that unpacks to more than this and to more than so many times its packed size is made to fill the memory, not
  /// to be read. Tables come to thirty times.
  private static let (usualSize, mostTimes): (UInt64, UInt64) = (1 << 26, 200)
  private static let pieceSize = 1 << 16

  private let archive: OpaquePointer
  /// Read by the library for as long as the archive is open.
  private let data: NSData

  /// - Throws: `Failure` for what is no archive.
  init(_ data: Data) throws {
    self.data = data as NSData
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(self.data.bytes, zip_uint64_t(self.data.length), 0, &error) else {
      throw Failure(message: String(cString: zip_error_strerror(&error)))
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw Failure(message: String(cString: zip_error_strerror(&error)))
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  func has(_ part: String) -> Bool { zip_name_locate(archive, part, 0) >= 0 }

  /// Reads a part from its beginning.
  /// - Parameter body: returns whether it wants more; `isLast`: nothing comes after the piece.
  /// - Throws: `Failure` where there is no such part, or it cannot be unpacked; what `body` throws.
  func read(_ part: String, _ body: (UnsafeRawBufferPointer, _ isLast: Bool) throws -> Bool) throws {
    let index = zip_name_locate(archive, part, 0)
    guard index >= 0 else { throw Failure(message: "\(part): no such part") }
    var status = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0 else { throw failure(part) }
    if status.size > ZipArchive.usualSize, status.size / ZipArchive.mostTimes > status.comp_size {
      throw Failure(message: "\(part): \(status.comp_size) bytes that unpack to \(status.size)")
    }
    guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else { throw failure(part) }
    defer { zip_fclose(file) }
    var piece = [UInt8](repeating: 0, count: ZipArchive.pieceSize)
    var total: UInt64 = 0
    while true {
      let length = piece.withUnsafeMutableBytes { zip_fread(file, $0.baseAddress, zip_uint64_t($0.count)) }
      guard length >= 0 else { throw Failure(message: "\(part): \(String(cString: zip_file_strerror(file)))") }
      total += UInt64(length)
      // What the archive says of the size need not be true.
      guard total <= max(status.size, 1) else { throw Failure(message: "\(part): more than it says it has") }
      let goesOn = try piece.withUnsafeBytes {
        try body(UnsafeRawBufferPointer(rebasing: $0[..<Int(length)]), length == 0)
      }
      if length == 0 || !goesOn { return }
    }
  }

  private func failure(_ part: String) -> Failure {
    Failure(message: "\(part): \(String(cString: zip_strerror(archive)))")
  }
}
