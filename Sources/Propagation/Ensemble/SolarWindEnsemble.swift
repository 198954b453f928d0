// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization
import UTC

/// Many predictions that differ in what is not known: what they have in common is what can be relied on.
public struct SolarWindEnsemble: Sendable {
    /// Number of members.
    public let memberCount: Int
    /// Width of the members' cells in those of the mode. With 2, the members take a quarter of the time of the control run
    /// each, and their peaks are lower.
    public let coarsening: Int

    /// Most members that there can be.
    public static let maximumMembers = 256

    /// An ensemble.
    ///
    /// - Throws: `impossibleValue` for a number of members outside 2…256 or a coarsening outside 1…4.
    public init(memberCount: Int, coarsening: Int = 2) throws(PropagationError) {
        guard (2...SolarWindEnsemble.maximumMembers).contains(memberCount), (1...4).contains(coarsening) else {
            throw PropagationError(
                .impossibleValue, place: "ensemble",
                message:
                    "there must be 2 to \(SolarWindEnsemble.maximumMembers) members, with cells 1 to 4 times as wide")
        }
        self.memberCount = memberCount
        self.coarsening = coarsening
    }

    /// The prediction for a request, as `SolarWindPropagator` has it, and those of the members. They are computed on all
    /// processors; the result does not depend on how many there are.
    ///
    /// - Parameter progress: called with the part that is done, 0…1, from any thread.
    /// - Throws: like `SolarWindPropagator.predict`.
    public func predict(
        _ request: PropagationRequest, from measurements: [SolarWindMeasurement], report: InputReport = InputReport(),
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) throws(PropagationError) -> EnsemblePrediction {
        var counted = report
        let source = try SolarWindPropagator.source(for: request, from: measurements, report: &counted)
        let members = members(request, source: source)
        let gusts = GustSize(of: measurements)
        let nearest = request.hours.map { source.target.position(hour: Double($0)).length }.min() ?? 1
        let size = nearest < SolarWindPropagator.inwardLimitAU ? 1 : Lanes.scalarCount
        let groups = stride(from: 0, to: members.count, by: size).map {
            Array(members[$0..<min($0 + size, members.count)])
        }
        let progresses = Mutex([Double](repeating: 0, count: groups.count))
        let results = Mutex([[[PredictedHour]]](repeating: [], count: groups.count))
        let controls = Mutex(Result<PredictedWind, PropagationError>?.none)
        // The control run takes longest, so it goes first.
        DispatchQueue.concurrentPerform(iterations: groups.count + 1) { iteration in
            guard iteration > 0 else {
                let result = Result { () throws(PropagationError) in
                    try SolarWindPropagator.predict(request, from: measurements, report: report)
                }
                return controls.withLock { $0 = result }
            }
            let index = iteration - 1
            let hours = run(groups[index], request, source: source, gusts: gusts, isInward: size == 1) { part in
                progress(
                    progresses.withLock { list in
                        list[index] = part
                        return list.reduce(0, +) / Double(list.count)
                    })
            }
            results.withLock { $0[index] = hours }
        }
        guard var control = try controls.withLock({ $0 })?.get() else {
            throw PropagationError(.unstable, place: request.target.name, message: "the control run did not end")
        }
        // A member that went wrong is left out.
        let all = results.withLock { $0 }.flatMap { $0 }.filter { member in
            member.count == control.hours.count
                && member.allSatisfy { $0.dynamicPressure.isFinite && $0.density > 0 }
        }
        guard all.count >= 2 else {
            throw PropagationError(.unstable, place: request.target.name, message: "the members went wrong")
        }
        control.add(facts: facts(members: all.count, gusts: gusts, isInward: size == 1))
        return EnsemblePrediction(control: control, members: all)
    }

    /// The hours of each member of a group.
    private func run(
        _ group: [EnsembleMember], _ request: PropagationRequest, source: SourceWind, gusts: GustSize, isInward: Bool,
        progress: (Double) -> Void
    ) -> [[PredictedHour]] {
        let sources = group.map { $0.source(source, gusts: gusts) }
        guard isInward else {
            return EnsembleGroup(request: request, members: group, sources: sources, coarsening: coarsening)
                .run(progress: progress).hours
        }
        return sources.map { source in
            // The second round finds most of what is to be found.
            let run = InwardRun(
                request: request, source: source, coarsening: coarsening, rounds: 2, courant: EnsembleGroup.courant)
            return run.run(progress: progress).hours ?? []
        }
    }

    private func members(_ request: PropagationRequest, source: SourceWind) -> [EnsembleMember] {
        let middle = Double(request.hours.lowerBound + request.hours.upperBound) / 2
        let angle = source.angleDegrees(hour: middle)
        return (0..<memberCount).map { EnsembleMember(index: $0, angle: angle) }
    }

    private func facts(members: Int, gusts: GustSize, isInward: Bool) -> [(name: String, value: String)] {
        func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        return [
            ("members", "\(members)"),
            ("member_cells", "\(coarsening) times as wide as those of the mode"),
            (
                "member_differences",
                "rotation 25.38 +- 0.5 d; arrival +- 4 h + 0.25 h a degree; gusts of \(short(gusts.speed)) km/s, "
                    + "\(short(gusts.density)) of the density, \(short(gusts.temperature)) of the temperature, memory 6 h"
                    + (isInward ? "" : "; pressure 1 or 2 times; gamma 5/3 or 1.5")
            ),
        ]
    }
}
