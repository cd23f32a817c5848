using BpfCore.Kernel;
using BpfCore.KernelTests.Maps;
using BpfCore.KernelTests.Objects;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public sealed class ProgramIdentityLiveTests : IDisposable
{
    private readonly BpfObject _object;

    public ProgramIdentityLiveTests()
    {
        LiveKernel.Require(Capability.SysAdmin, Capability.Bpf, Capability.PerfMon);
        ObjectFixture.RequireSyscallPrograms();
        _object = Load();
    }

    public void Dispose() => _object.Dispose();

    [Fact]
    public void GetInfo_TellsNameTypeTagAndMaps()
    {
        ProgramInfo info = _object.Programs["grow"].GetInfo();

        Assert.Equal(("grow", ProgramType.Xdp), (info.Name, info.Type));
        Assert.Equal(_object.Maps.Select(map => map.GetInfo().Id).Order(), info.MapIds.Order());
        Assert.Matches("^[0-9a-f]{16}$", info.Tag);
        Assert.Equal(0u, info.TranslatedSize % 8);
        Assert.InRange(info.TranslatedSize, 8u, 8000u);
        Assert.InRange(info.LoadTimeNanoseconds, 1ul, ulong.MaxValue);
    }

    [Fact]
    public void GetInfo_SameProgramLoadedTwice_HasTheSameTagAndAnotherId()
    {
        using BpfObject again = Load();
        (ProgramInfo first, ProgramInfo second) = (
            _object.Programs["add"].GetInfo(), again.Programs["add"].GetInfo());

        Assert.Equal(first.Tag, second.Tag);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public void Ids_OfALoadedProgram_OpenIt()
    {
        uint id = _object.Programs["add"].GetInfo().Id;
        Assert.Contains(id, BpfProgram.Ids());

        using BpfProgram opened = BpfProgram.Open(id);

        Assert.Equal(("add", ProgramType.Syscall), (opened.Name, opened.Type));
        Assert.Equal(3ul, BitConverter.ToUInt64(opened.TestRun(context: Sum(1, 2)).Context.Span[8..]));
    }

    [Fact]
    public void Pin_ProgramOfAnObjectThatIsGone_CanStillBeRun()
    {
        using BpfFileSystemMount pins = new();
        _object.Programs["add"].Pin(pins["add"]);
        _object.Dispose();

        using BpfProgram opened = BpfProgram.OpenPinned(pins["add"]);

        Assert.Equal(7ul, BitConverter.ToUInt64(opened.TestRun(context: Sum(3, 4)).Context.Span[8..]));
        Assert.True(BpfProgram.Unpin(pins["add"]));
        Assert.False(BpfProgram.TryOpenPinned(pins["add"], out _));
    }

    [Fact]
    public void RunStatistics_WhileEnabled_CountRunsAndTime()
    {
        BpfProgram program = _object.Programs["mark"];
        program.TestRun(new byte[60]);
        ProgramInfo before = program.GetInfo();
        using (RunStatistics.Enable())
        {
            for (int i = 0; i < 5; i++)
            {
                program.TestRun(new byte[60]);
            }
        }

        ProgramInfo counted = program.GetInfo();
        program.TestRun(new byte[60]);

        Assert.Equal(before.RunCount + 5, counted.RunCount);
        Assert.True(counted.RunTimeNanoseconds > before.RunTimeNanoseconds);
        Assert.Equal(counted.RunCount, program.GetInfo().RunCount);
    }

    [Fact]
    public void Load_WithALogLevel_KeepsWhatTheVerifierWrote()
    {
        Assert.Empty(_object.Programs["mark"].VerifierLog);

        using BpfObject statistics = Load(VerifierLogLevel.Statistics);
        using BpfObject all = Load(VerifierLogLevel.AllInstructions | VerifierLogLevel.Statistics);

        string shorter = statistics.Programs["mark"].VerifierLog;
        Assert.Matches(@"processed \d+ insns", shorter);
        Assert.DoesNotContain("(95) exit", shorter, StringComparison.Ordinal);
        Assert.Contains("(95) exit", all.Programs["mark"].VerifierLog, StringComparison.Ordinal);
        Assert.Matches(@"processed \d+ insns", all.Programs["mark"].VerifierLog);
    }

    [Fact]
    public void ProgramArray_GivesTheNumbersOfWhatWasPutIn()
    {
        using BpfCore.Maps.BpfMap map = MapTestKernel.Create(MapType.ProgramArray, 4, 4, 3);
        ProgramArray programs = new(map);
        programs.Set(2, _object.Programs["mark"]);

        Assert.True(programs.TryGetId(2, out uint id));
        Assert.Equal(_object.Programs["mark"].GetInfo().Id, id);
        Assert.False(programs.TryGetId(1, out _));
        Assert.Equal(
            "EINVAL", Assert.Throws<SyscallException>(() => programs.Set(1, _object.Programs["add"])).ErrorName);
        Assert.True(programs.Remove(2));
        Assert.False(programs.Remove(2));
    }

    private static BpfObject Load(VerifierLogLevel level = VerifierLogLevel.None) =>
        BpfObject.Load(LiveObject.ReadFile("run.bpf.o"), new BpfLoadOptions { LogLevel = level });

    private static byte[] Sum(uint a, uint b) =>
        [.. BitConverter.GetBytes(a), .. BitConverter.GetBytes(b), .. new byte[8]];
}
