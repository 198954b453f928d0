// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import Telemetry

/// Tells the service manager that the agent lives, and what it does.
///
/// Every activity promises here when it will be heard of again. As long as all keep their word the manager's watchdog
/// is fed; when one does not, it is said once and the feeding stops, so that the manager restarts the agent.
final class ServiceReport: Sendable {
    /// What must get on.
    enum Activity: String, CaseIterable {
        /// Frames come and are searched, or the camera is waited for.
        case observation
        /// An event is written into the outbox, with its evidence.
        case storing
        /// The outbox's directories can be read and written.
        case outbox
        /// An event is on its way to the broker.
        case delivery
    }

    private let notifier: ServiceNotifier
    private let logger: Logger
    private let liveness: LivenessMonitor
    private let line = Mutex(StatusLine())
    private let stuck = Mutex<Set<String>>([])

    /// A report to a service manager, which is told nothing before the first change or beat.
    init(notifier: ServiceNotifier, logger: Logger, liveness: LivenessMonitor = LivenessMonitor()) {
        self.notifier = notifier
        self.logger = logger
        self.liveness = liveness
    }

    /// The activity gets on, and will be heard of again within so many seconds.
    func promise(_ activity: Activity, within seconds: Double) {
        liveness.promise(activity.rawValue, within: seconds)
    }

    /// The activity has nothing to do until somebody asks.
    func release(_ activity: Activity) { liveness.release(activity.rawValue) }

    /// Events in the outbox that the broker does not have yet.
    var waiting: Int { line.withLock { $0.waiting } }

    /// Changes the line of `systemctl status`, which is sent if it reads differently then.
    func say(_ change: (inout StatusLine) -> Void) {
        let news: String? = line.withLock { line in
            let old = line.text
            change(&line)
            return line.text == old ? nil : line.text
        }
        if let news { notifier.status(news) }
    }

    /// Feeds the watchdog if every activity keeps its promise.
    func beat() {
        let overdue = liveness.overdue
        let (begun, ended) = stuck.withLock { stuck in
            let present = Set(overdue.map(\.activity))
            defer { stuck = present }
            return (overdue.filter { !stuck.contains($0.activity) }, stuck.subtracting(present).sorted())
        }
        for activity in begun {
            logger.error(
                """
                \(activity.activity) does not get on: it should have been heard of \(activity.seconds.fixed(0)) s ago; \
                the service manager's watchdog restarts the agent unless it does
                """)
        }
        for activity in ended { logger.notice("\(activity) gets on again") }
        if overdue.isEmpty { notifier.watchdog() }
    }

    /// Feeds the watchdog for as long as the task is not cancelled.
    func run() async {
        while !Task.isCancelled {
            beat()
            try? await Task.sleep(for: .seconds(beatSeconds))
        }
    }

    /// Three times in what the manager allows, so that one late beat is none missed.
    private var beatSeconds: Double { min(10, (notifier.watchdogSeconds ?? 30) / 3) }
}
