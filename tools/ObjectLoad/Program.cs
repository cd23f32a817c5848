using ObjectLoad;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: objectload PLAN OBJ... | - OBJ... | --each OBJ...");
    return 2;
}

LoadRun run = new(Console.Out, Console.Error);
foreach (string path in args.AsSpan(1))
{
    switch (args[0])
    {
        case "--each":
            run.LoadEachProgram(path);
            break;
        case "-":
            run.Load(path, Plan.Empty);
            break;
        default:
            run.Load(path, Plan.Read(args[0]));
            break;
    }
}

return 0;
