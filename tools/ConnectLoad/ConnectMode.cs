namespace ConnectLoad;

/// <summary>Makes the connects of a plan, one at a time, each as soon as its line has been read.</summary>
internal static class ConnectMode
{
    private const string CommCommand = "comm ";

    /// <summary>
    /// Says <c>ready pid=N</c>, then answers each plan line with a result line, until end of file.
    /// The line <c>comm NAME</c> renames this thread and is answered with <c>comm=NAME</c>.
    /// </summary>
    public static void Run(TextReader plan, TextWriter results)
    {
        results.WriteLine($"ready pid={Environment.ProcessId}");
        while (plan.ReadLine() is { } line)
        {
            results.WriteLine(Answer(line));
        }
    }

    private static string Answer(string line)
    {
        if (line.StartsWith(CommCommand, StringComparison.Ordinal))
        {
            ThreadName.Write(line[CommCommand.Length..]);
            return $"comm={ThreadName.Read()}";
        }

        return Connector.Run(ConnectRequest.Parse(line)).ToLine(ThreadName.Read());
    }
}
