// SPDX-License-Identifier: Apache-2.0

/// The version of the agent, as `--version`, packets and evidence name it.
public enum AgentVersion {
    /// Semantic version.
    public static let number = "0.1.0"
    /// Program and version.
    public static let software = "psws-agent \(number)"
}
