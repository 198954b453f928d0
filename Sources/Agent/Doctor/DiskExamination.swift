// SPDX-License-Identifier: Apache-2.0

/// Whether there is room for events.
struct DiskExamination {
    let configuration: OutboxConfiguration
    var files: any FileOperations = DurableFiles()

    private static let subject = "disk"

    func findings() -> [Finding] {
        let limits = configuration.limits
        let free: Int
        do {
            free = try files.freeBytes(existing(configuration.directory))
        } catch {
            return [.failed(Self.subject, "\(error.path): \(error.reason)", remedy: "check that the disk is mounted")]
        }
        let message = "\(mebibytes(free)) free where the outbox is"
        if free < limits.hardFloorBytes {
            return [
                .failed(
                    Self.subject, "\(message), less than hard_floor (\(mebibytes(limits.hardFloorBytes)))",
                    remedy: "make room: evidence of unsent events is given up")
            ]
        }
        if free < limits.minimumFreeBytes {
            return [
                .warning(
                    Self.subject, "\(message), less than minimum_free (\(mebibytes(limits.minimumFreeBytes)))",
                    remedy: "make room: sent events and their evidence are given up")
            ]
        }
        return [.ok(Self.subject, message)]
    }

    /// The directory, or the nearest above it that is there.
    private func existing(_ path: String) -> String {
        var path = path
        while path != "/", path != ".", (try? files.item(path + "/.")) == nil {
            path = parentDirectory(of: path)
        }
        return path
    }

    private func mebibytes(_ bytes: Int) -> String {
        bytes >= 10 << 30 ? "\((Double(bytes) / Double(1 << 30)).fixed(0)) GiB" : "\(bytes >> 20) MiB"
    }
}
