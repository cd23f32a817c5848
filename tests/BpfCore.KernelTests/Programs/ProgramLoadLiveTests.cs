using BpfCore.Objects;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.KernelTests.Programs;

public sealed class ProgramLoadLiveTests : IDisposable
{
    private readonly BpfObject _object;

    public ProgramLoadLiveTests()
    {
        LiveKernel.RequireTracing();
        _object = LiveObject.Load();
    }

    public void Dispose() => _object.Dispose();

    [Fact]
    public void Load_ProgramsWithAutoLoad_AreThereAndOthersAreNot()
    {
        Assert.Equal(["on_raw", "on_typed"], _object.Programs.Select(program => program.Name));
    }

    [Fact]
    public void LoadProgram_Twice_GivesTheSame()
    {
        BpfProgram program = _object.LoadProgram("on_uprobe");

        Assert.Same(program, _object.LoadProgram("on_uprobe"));
        Assert.Same(program, _object.Programs["on_uprobe"]);
    }

    [Fact]
    public void LoadProgram_VerifierRejects_TellsInstructionSourceAndReason()
    {
        BpfVerifierException e = Assert.Throws<BpfVerifierException>(() => _object.LoadProgram("err_pointer"));

        Assert.Equal("err_pointer", e.Program);
        Assert.Equal("EACCES", e.ErrorName);
        string[] summary = e.Summary.Split('\n');
        Assert.Contains("return *(volatile int *)ctx->args[0];", summary[0], StringComparison.Ordinal);
        Assert.Matches(@"^\d+: \(61\) r\d = \*\(u32 \*\)\(r\d \+0\)", summary[1]);
        Assert.Matches(@"^R\d invalid mem access '(scalar|inv)'$", summary[2]); // 'inv' before 5.18
        Assert.Contains("processed ", e.Log, StringComparison.Ordinal);
        Assert.Contains(summary[2], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadProgram_AfterARejection_Works()
    {
        Assert.Throws<BpfVerifierException>(() => _object.LoadProgram("err_pointer"));

        Assert.Equal("on_uprobe", _object.LoadProgram("on_uprobe").Name);
    }

    [Theory]
    [InlineData("err_pointer")] // by the verifier
    [InlineData("on_nothing")] // before the kernel was asked
    public void TryLoadProgram_Refused_GivesWhatLoadProgramThrows(string name)
    {
        Exception thrown = Assert.ThrowsAny<BpfException>(() => _object.LoadProgram(name));

        Assert.False(_object.TryLoadProgram(name, out BpfProgram? program, out BpfException? reason));

        Assert.Null(program);
        Assert.Equal((thrown.GetType(), thrown.Message), (reason.GetType(), reason.Message));
    }

    [Fact]
    public void TryLoadProgram_Taken_BelongsToTheObject()
    {
        Assert.True(_object.TryLoadProgram("on_uprobe", out BpfProgram? program, out _));

        Assert.Same(program, _object.Programs["on_uprobe"]);
    }

    [Fact]
    public void LoadProgram_TracepointThatIsNotThere_NamesIt()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => _object.LoadProgram("on_nothing"));

        Assert.Equal("tp_btf/no_such_tracepoint", e.Feature);
        Assert.Contains("no tracepoint of this name", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadProgram_Fentry_LoadsOrIsRefusedWithoutBlamingCapabilitiesThatAreHeld()
    {
        // This kernel may refuse trampolines to everybody; it must not read as if root lacked a capability.
        if (Record.Exception(() => _object.LoadProgram("on_fentry")) is Exception refusal)
        {
            Assert.IsAssignableFrom<BpfException>(refusal);
            Assert.Contains("on_fentry", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("CAP_", refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("on_fentry", _object.Programs["on_fentry"].Name);
        }
    }
}
