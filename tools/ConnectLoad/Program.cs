using ConnectLoad;

const string Usage = """
    usage: connectload connect                        plan lines on standard input, a result line for each:
                                                        KIND ADDRESS PORT [from=ADDRESS:PORT] [hold=MILLISECONDS]
                                                        KIND: blocking, nonblocking, self, abandon
                                                        comm NAME renames the thread
           connectload rate ADDRESS PORT COUNT PER_SECOND
           connectload burst ADDRESS PORT COUNT [--threads N]
           connectload hold ADDRESS PORT COUNT        begins connects and keeps them until standard input ends
           connectload listen PORT [--backlog N] [--threads N]   until standard input ends; port 0: any
    """;

try
{
    Run(args);
    return 0;
}
catch (UsageException error)
{
    Console.Error.WriteLine($"connectload: {error.Message}");
    Console.Error.WriteLine(Usage);
    return 2;
}
catch (SocketCallException error)
{
    Console.Error.WriteLine($"connectload: {error.Message}");
    return 1;
}

static void Run(string[] words)
{
    if (words.Length == 0)
    {
        throw new UsageException("which mode?");
    }

    Arguments given = new(words.AsSpan(1));
    KernelSocket.WarmUp();
    switch (words[0])
    {
        case "connect":
            ConnectMode.Run(Console.In, Console.Out);
            break;
        case "rate":
            RateMode.Run(
                given.EndPointAt(0), given.NumberAt(2, "COUNT"), given.NumberAt(3, "PER_SECOND"), Console.Out);
            break;
        case "burst":
            BurstMode.Run(
                given.EndPointAt(0), given.NumberAt(2, "COUNT"), given.Option("--threads", 1), Console.Out);
            break;
        case "hold":
            HoldMode.Run(given.EndPointAt(0), given.NumberAt(2, "COUNT"), Console.In, Console.Out);
            break;
        case "listen":
            ListenMode.Run(
                given.NumberAt(0, "PORT"),
                given.Option("--backlog", 4096),
                given.Option("--threads", 1),
                Console.In,
                Console.Out);
            break;
        default:
            throw new UsageException($"no mode '{words[0]}'");
    }
}
