using BpfCore;
using BpfGen;
using BpfGen.CommandLine;

try
{
    Request? request = RequestReader.Read(args);
    if (request is null)
    {
        Console.Out.Write(HelpText.Text);
        return ExitCode.Success;
    }

    Tool.Run(request);
    return ExitCode.Success;
}
catch (UsageException error)
{
    Report($"{error.Message}; --help shows the usage");
    return ExitCode.Usage;
}
catch (Exception error)
    when (error is BpfException or GenerationException or IOException or UnauthorizedAccessException)
{
    Report(error.Message);
    return ExitCode.Failure;
}

// In the form that MSBuild takes for an error of the build.
static void Report(string message) =>
    Console.Error.WriteLine($"bpfgen : error BPF0001: {message.ReplaceLineEndings(" ")}");
