using System.Text;
using TcpConnLat;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;

try
{
    return Run(RequestReader.Read(args));
}
catch (UsageException error)
{
    Messages.Write($"{error.Message}; --help shows the usage");
    return ExitCode.Usage;
}
catch (IOException error)
{
    Messages.Write($"standard output cannot be written: {error.Message}");
    return ExitCode.Failure;
}

static int Run(Request request) => request switch
{
    Request.Help => Print(HelpText.Bytes),
    Request.Version => Print(Encoding.UTF8.GetBytes($"tcpconnlat {ToolVersion.Text}\n")),
    _ => throw new NotSupportedException(request.ToString()),
};

static int Print(ReadOnlySpan<byte> text)
{
    OutputBuffer output = new(StandardOutput.Open());
    output.Append(text);
    output.Flush();
    return ExitCode.Success;
}
