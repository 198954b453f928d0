// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

extension CameraError {
    /// An error of the operating system, in its own words; `errno` must be the one of the failed call.
    static func system(_ code: Code, place: String, _ context: String, errno number: Int32 = errno) -> CameraError {
        let words = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        let remedy: String? =
            switch number {
            case ENOENT: "check the path"
            case EACCES, EPERM: "give this user the right to use it"
            case ENOSPC, EDQUOT: "free some disk space"
            default: nil
            }
        return CameraError(code, place: place, message: "\(context): \(words)", remedy: remedy)
    }
}
