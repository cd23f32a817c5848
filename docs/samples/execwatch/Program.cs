using BpfCore.Buffers;
using BpfCore.Links;
using ExecWatch;

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

ExecBpf.Spec spec = ExecBpf.Open();
spec.Constants.OnlyParentPid = args.Length > 0 ? uint.Parse(args[0]) : 0;

using ExecBpf bpf = spec.Load();
using RingBuffer events = RingBuffer.Open(bpf.Maps.Events);
using BpfLinkSet links = bpf.Attach();
Console.WriteLine("watching, Ctrl-C ends");

try
{
    await foreach (ReceivedRecord<ExecBpf.Event> record in events.ReadAllAsync(ExecBpf.Event.Decode, stop.Token))
    {
        Console.WriteLine($"{record.Value.Pid} {record.Value.Command.Name} {record.Value.File}");
    }
}
catch (OperationCanceledException)
{
    foreach ((ExecBpf.Command command, ulong count) in bpf.Maps.Starts)
    {
        Console.WriteLine($"{command.Name}: {count}");
    }

    Console.WriteLine($"lost: {bpf.Variables.Lost}");
}
