namespace TcpConnLat.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Status">What it means.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Advice">What can be done about it, or null.</param>
internal readonly record struct CheckResult(CheckStatus Status, string Finding, string? Advice = null);
