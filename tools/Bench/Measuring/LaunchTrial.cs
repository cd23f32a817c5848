namespace Bench.Measuring;

/// <summary>Starts a program and takes how long it was under way, and its memory.</summary>
/// <param name="launcher">Starts it.</param>
/// <param name="command">Program and arguments.</param>
internal sealed class LaunchTrial(Launcher launcher, IReadOnlyList<string> command) : ITrial
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Run()
    {
        LaunchResult result = launcher.Run(command);
        return
        [
            (result.OwnMicroseconds ?? result.ReadyMicroseconds) / 1000.0,
            result.HighestResidentKilobytes / 1024.0,
        ];
    }
}
