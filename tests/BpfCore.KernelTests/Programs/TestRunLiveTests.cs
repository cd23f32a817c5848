using System.Runtime.InteropServices;
using BpfCore.Kernel;
using BpfCore.KernelTests.Objects;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public sealed class TestRunLiveTests : IDisposable
{
    private const uint XdpPass = 2;
    private readonly BpfObject _object;

    public TestRunLiveTests()
    {
        LiveKernel.RequireTracing();
        BpfObjectSpec spec = LiveObject.ReadFile("run.bpf.o");
        spec.Programs["add"].AutoLoad = false; // of a type that not every kernel has
        _object = BpfObject.Load(spec);
    }

    public void Dispose() => _object.Dispose();

    [Fact]
    public void TestRun_XdpProgramThatMovesTheStart_GivesTheLongerPacket()
    {
        byte[] packet = Packet(64);

        TestRunResult result = _object.Programs["grow"].TestRun(packet);

        Assert.Equal(XdpPass, result.ReturnValue);
        Assert.Equal([0xab, 0xcd, .. packet], result.Data.ToArray());
    }

    [Fact]
    public void TestRun_ClassifierWithContext_GivesPacketAndContextBack()
    {
        uint[] context = new uint[48]; // struct __sk_buff
        (context[2], context[8]) = (40, 2); // mark, priority

        TestRunResult result = _object.Programs["mark"].TestRun(
            Packet(60), MemoryMarshal.AsBytes(context.AsSpan()).ToArray());

        Assert.Equal(60u, result.ReturnValue);
        Assert.Equal([0x77, .. Packet(60)[1..]], result.Data.ToArray());
        Assert.Equal(42u, MemoryMarshal.Read<uint>(result.Context.Span[8..]));
    }

    [Fact]
    public void TestRun_SyscallProgram_GivesBackTheContextItWroteAndSparesTheOriginal()
    {
        byte[] context = new byte[16];
        MemoryMarshal.Write(context, 3_000_000_000u);
        MemoryMarshal.Write(context.AsSpan(4), 2_000_000_000u);

        TestRunResult result = LoadSyscallProgram().TestRun(context: context);

        Assert.Equal(1u, result.ReturnValue);
        Assert.Equal(5_000_000_000ul, MemoryMarshal.Read<ulong>(result.Context.Span[8..]));
        Assert.Equal(0ul, MemoryMarshal.Read<ulong>(context.AsSpan(8)));
    }

    [Fact]
    public void TestRun_Repeated_RunsAsOftenAndIsTimed()
    {
        TestRunResult result = _object.Programs["mark"].TestRun(
            new TestRunOptions { Data = Packet(60), Repeat = 1000 });

        Assert.InRange(_object.Variables["runs"].Get<ulong>(), 1000ul, 33_000ul); // signals make it begin anew
        Assert.InRange(result.NanosecondsPerRun, 1u, 1_000_000u);
    }

    [Fact]
    public void TestRun_RawTracepointOnACpu_RunsThere()
    {
        foreach (int cpu in CpuSet.Online().Ids)
        {
            byte[] context = new byte[8];
            context[0] = 42;

            TestRunResult result = _object.Programs["where"].TestRun(
                new TestRunOptions { Context = context, Cpu = cpu });

            Assert.Equal((uint)cpu, result.ReturnValue);
        }
    }

    [Fact]
    public void TestRun_PacketShorterThanItsHeader_SaysHowLongItMustBe()
    {
        Exception? refusal = Record.Exception(() => _object.Programs["grow"].TestRun(new byte[13]));
        if (refusal is null)
        {
            LiveKernel.SkipOrFail("the kernel runs programs over packets shorter than their header");
        }

        SyscallException e = Assert.IsType<SyscallException>(refusal);
        Assert.Equal("EINVAL", e.ErrorName);
        Assert.Contains("program grow (xdp)", e.Subject, StringComparison.Ordinal);
        Assert.Contains("13 bytes, but an Ethernet header alone has 14", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TestRun_ResultLargerThanItsRoom_SaysHowMuchIsNeeded()
    {
        SyscallException e = Assert.Throws<SyscallException>(() => _object.Programs["grow"].TestRun(
            new TestRunOptions { Data = Packet(64), DataCapacity = 20 }));

        Assert.Equal("ENOSPC", e.ErrorName);
        Assert.Contains("left 66 bytes of data", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TestRun_SyscallProgramRepeated_SaysWhatItTakes()
    {
        SyscallException e = Assert.Throws<SyscallException>(() => LoadSyscallProgram().TestRun(
            new TestRunOptions { Context = new byte[16], Repeat = 2 }));

        Assert.Contains("no repetition", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TestRun_TypeThatTheKernelCannotRun_SaysSo()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => _object.Programs["select"].TestRun());

        Assert.Contains("type SkReusePort", e.Message, StringComparison.Ordinal);
    }

    private BpfProgram LoadSyscallProgram()
    {
        ObjectFixture.RequireSyscallPrograms();
        return _object.LoadProgram("add");
    }

    private static byte[] Packet(int length)
    {
        byte[] packet = [.. Enumerable.Range(0, length).Select(static i => (byte)i)];
        (packet[12], packet[13]) = (0x08, 0x00); // IPv4
        packet[14] = 0x45;
        return packet;
    }
}
