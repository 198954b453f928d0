// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import SystemPackage

/// A bar on standard error that grows while something is computed; nothing where standard error is no terminal.
final class ProgressBar: Sendable {
    private static let width = 40
    private let title: String
    private let isShown: Bool
    /// Parts of the bar that are drawn; below 0 before the first.
    private let drawn = Mutex(-1)

    /// A bar with words in front.
    init(_ title: String, isShown: Bool = isatty(STDERR_FILENO) == 1) {
        self.title = title
        self.isShown = isShown
    }

    /// Shows the part that is done, 0…1; from any thread.
    func show(_ part: Double) {
        guard isShown else { return }
        drawn.withLock { drawn in
            let full = ProgressBar.filled(part)
            guard full > drawn else { return }
            drawn = full
            write("\r" + ProgressBar.text(title, part))
        }
    }

    /// Takes the bar away.
    func finish() {
        if isShown, drawn.withLock({ $0 >= 0 }) { write("\r\u{1B}[K") }
    }

    /// The line for a part.
    static func text(_ title: String, _ part: Double) -> String {
        let full = filled(part)
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
        return "\(title) [\(bar)] \(full * 100 / width) %"
    }

    private static func filled(_ part: Double) -> Int { Int(min(max(part, 0), 1) * Double(width)) }

    /// Without the end of line that standard error gets elsewhere.
    private func write(_ text: String) {
        // A terminal that is gone is no reason to stop.
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }
}
