using BpfCore;
using TcpConnLat;
using TcpConnLat.Attach;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;

try
{
    return Tool.Run(RequestReader.Read(args));
}
catch (UsageException error)
{
    Messages.Write($"{error.Message}; --help shows the usage");
    return ExitCode.Usage;
}
catch (OperationCanceledException)
{
    // A signal while the probes were being attached.
    return ExitCode.Success;
}
catch (Exception error) when (error is BpfException or AttachException or PlatformNotSupportedException)
{
    Messages.Write(error.Message);
    return ExitCode.Failure;
}
catch (InvalidDataException error)
{
    Messages.Write($"{error.Message}; the BPF programs and the tool are of different versions");
    return ExitCode.Failure;
}
catch (IOException error)
{
    Messages.Write($"standard output cannot be written: {error.Message}");
    return ExitCode.Failure;
}
