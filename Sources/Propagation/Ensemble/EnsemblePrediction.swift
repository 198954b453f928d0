// SPDX-License-Identifier: Apache-2.0

/// What an ensemble predicts, before anybody asks for the probability of something.
public struct EnsemblePrediction: Sendable {
    /// The prediction without any change, as `SolarWindPropagator` has it.
    let control: PredictedWind
    /// The hours of each member, as many as the control run has.
    let members: [[PredictedHour]]

    /// The prediction with the spread of the members in each hour, and the part of them for which a condition holds.
    public func wind(condition: WindCondition) -> PredictedWind {
        var wind = control
        for index in wind.hours.indices {
            wind.hours[index].spread = HourSpread(of: members.map { $0[index] }, condition: condition)
        }
        wind.add(facts: [("probability_of", "\(condition)")])
        return wind
    }
}
