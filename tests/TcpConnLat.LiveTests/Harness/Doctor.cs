namespace TcpConnLat.LiveTests.Harness;

/// <summary>What <c>tcpconnlat doctor</c> says about the ways to attach on this kernel.</summary>
/// <remarks><see cref="FailureTests"/> proves that each way then does what is said here.</remarks>
internal static class Doctor
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly Lazy<string[]> s_report = new(Ask);

    /// <summary>The names of the ways that work.</summary>
    public static IEnumerable<string> WorkingWays =>
        s_report.Value.Select(Words).Where(words => words is ["yes", ..]).Select(words => words[1]);

    /// <summary>Its line about a way: yes or no, the name, and what follows.</summary>
    public static string VerdictOn(string way) =>
        s_report.Value.Single(line => Words(line) is ["yes" or "no", var name, ..] && name == way).TrimStart();

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Ask()
    {
        using var doctor = ChildProcess.Start(TcpConnLatProcess.Command("doctor"));
        doctor.WaitForExit(s_patience);
        return [.. doctor.Output.Lines];
    }
}
