using System.Runtime.InteropServices;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.KernelTests.Buffers;

/// <summary>The fixture <c>live/rings.bpf.c</c>: two rings of 16 KiB and programs that write them.</summary>
internal sealed class RingObject : IDisposable
{
    private readonly BpfObject _bpf;
    private readonly BpfProgram _send;
    private readonly BpfProgram _discard;
    private readonly BpfProgram _sendPage;

    /// <param name="flags">Flags of the first ring.</param>
    public RingObject(uint flags = 0)
    {
        LiveKernel.RequireTracing();
        BpfObjectSpec spec = LiveObject.ReadFile("rings.bpf.o");
        spec.Maps["first"].Flags = flags;
        _bpf = BpfObject.Load(spec);
        _send = _bpf.Programs["send"];
        _discard = _bpf.Programs["discard"];
        _sendPage = _bpf.Programs["send_page"];
    }

    public BpfMap First => _bpf.Maps["first"];

    public BpfMap Second => _bpf.Maps["second"];

    /// <summary>Sends 8 bytes; false when the ring is full.</summary>
    public bool Send(ulong value, ulong ring = 0) => Run(_send, value, ring);

    /// <summary>Reserves a record in the first ring, and discards it.</summary>
    public bool Discard(ulong value) => Run(_discard, value, 0);

    /// <summary>Sends 4096 bytes through the first ring.</summary>
    public bool SendPage(ulong value) => Run(_sendPage, value, 0);

    public void Dispose() => _bpf.Dispose();

    private static bool Run(BpfProgram program, ulong value, ulong ring) =>
        program.TestRun(context: MemoryMarshal.AsBytes<ulong>([value, ring]).ToArray()).ReturnValue == 0;
}
