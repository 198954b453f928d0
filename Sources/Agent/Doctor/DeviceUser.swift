// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// A process that has a device open.
struct DeviceUser: Hashable {
    /// Number of the process.
    let process: Int
    /// Name of its program, as the kernel has it: 15 characters at most.
    let program: String

    /// The processes that have a device open; those of other users are seen by root only.
    static func ofDevice(_ path: String) -> [DeviceUser] {
        let files = FileManager.default
        let processes = ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int($0) }.sorted()
        return processes.compactMap { process in
            let folder = "/proc/\(process)/fd"
            let descriptors = (try? files.contentsOfDirectory(atPath: folder)) ?? []
            let isOpen = descriptors.contains {
                (try? files.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path
            }
            return isOpen ? DeviceUser(process: process, program: name(ofProcess: process)) : nil
        }
    }

    /// The names of all programs that run.
    static func runningPrograms() -> Set<String> {
        let processes = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int($0) }
        return Set(processes.map(name))
    }

    private static func name(ofProcess process: Int) -> String {
        let bytes = (try? DurableFiles().read("/proc/\(process)/comm", maximumBytes: 256)) ?? []
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
