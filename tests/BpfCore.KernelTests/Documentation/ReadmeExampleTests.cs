using System.Net;
using System.Net.Sockets;
using BpfCore.Buffers;
using BpfCore.Links;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Documentation;

/// <summary>Runs the example of the README; ReadmeTests of the pure half compares the lines between the markers.</summary>
public class ReadmeExampleTests
{
    [Fact]
    public void Example_ConnectDuringIt_IsCounted()
    {
        LiveKernel.RequireTracing();
        string path = Path.Combine(AppContext.BaseDirectory, "tcpconnlat.bpf.o");

        // <example>
        BpfObjectSpec spec = BpfObjectSpec.ReadFile(path);          // bytes only: no kernel, no privileges
        spec.Variables["filter_min_ns"].Set(1_000UL);               // constants are set before the load
        foreach (ProgramSpec program in spec.Programs)
        {
            program.AutoLoad = program.SectionName.StartsWith("tp_btf/", StringComparison.Ordinal);
        }

        using BpfObject bpf = BpfObject.Load(spec);                 // relocated against the running kernel
        using PerfBuffer events = PerfBuffer.Open(bpf.Maps["events"]);
        using BpfLinkSet links = BpfLink.AttachAll(bpf.Programs);   // targets come from the section names

        Connect();
        ConnectCounter counter = default;                           // a struct: no allocation per event
        events.Poll(TimeSpan.FromSeconds(1), ref counter);
        // </example>

        events.Consume(ref counter);
        Assert.True(counter.Count > 0);
        Assert.Equal(3, links.Count);
    }

    private static void Connect()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient client = new();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
    }

    private struct ConnectCounter : IRecordHandler
    {
        public int Count { get; private set; }

        public void OnSample(int source, ReadOnlySpan<byte> data) => Count++;

        public readonly void OnLost(int source, ulong count)
        {
        }
    }
}
