using System.Text;
using BpfCore;
using BpfDump;
using BpfDump.CommandLine;

const int BufferSize = 1 << 16;

try
{
    Request request = RequestReader.Read(args);
    using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(false), BufferSize);
    Tool.Run(request, output);
    return ExitCode.Success;
}
catch (UsageException error)
{
    Report($"{error.Message}; --help shows the usage");
    return ExitCode.Usage;
}
catch (Exception error) when (error is BpfException or IOException or UnauthorizedAccessException)
{
    Report(error.Message);
    return ExitCode.Failure;
}

static void Report(string message) => Console.Error.WriteLine($"bpfdump: {message.ReplaceLineEndings(" ")}");
