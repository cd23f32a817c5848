using BpfCore.Kernel;
using BpfCore.Programs;
using Xunit;

namespace BpfCore.Tests.Programs;

public class VerifierLogTests
{
    private const string Statistics =
        "processed 4 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0\n";

    [Fact]
    public void Summarize_ComplaintAfterInstruction_TellsSourceInstructionAndComplaint()
    {
        const string Log =
            """
            0: R1=ctx() R10=fp0
            ; return *(volatile int *)ctx->args[0]; @ events.bpf.c:93
            0: (79) r1 = *(u64 *)(r1 +0)          ; R1_w=scalar()
            1: (61) r0 = *(u32 *)(r1 +0)
            R1 invalid mem access 'scalar'

            """ + Statistics;

        Assert.Equal(
            """
            ; return *(volatile int *)ctx->args[0]; @ events.bpf.c:93
            1: (61) r0 = *(u32 *)(r1 +0)
            R1 invalid mem access 'scalar'
            """,
            VerifierLog.Summarize(Log, LockdownMode.None));
    }

    [Fact]
    public void Summarize_ComplaintAlone_IsThatLine()
    {
        const string Complaint = "Attach to unsupported member of struct";

        Assert.Equal(Complaint, VerifierLog.Summarize($"{Complaint}\n{Statistics}", LockdownMode.None));
    }

    [Fact]
    public void Summarize_PoisonedCall_ExplainsIt()
    {
        string summary = VerifierLog.Summarize(
            "5: (85) call unknown#195896080\ninvalid func unknown#195896080\n" + Statistics, LockdownMode.None);

        Assert.Contains("CO-RE relocation found no match", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LockdownMode.Confidentiality, true)]
    [InlineData(LockdownMode.Integrity, false)]
    public void Summarize_ReadingHelperUnknown_NamesLockdownWhereItIsTheReason(LockdownMode lockdown, bool isNamed)
    {
        string summary = VerifierLog.Summarize(
            "7: (85) call bpf_probe_read_kernel#113\nunknown func bpf_probe_read_kernel#113\n" + Statistics, lockdown);

        Assert.Equal(isNamed, summary.Contains("lockdown", StringComparison.Ordinal));
    }

    [Fact]
    public void Summarize_AdviceAfterTheComplaint_StillNamesLockdown()
    {
        string summary = VerifierLog.Summarize(
            "20: (85) call bpf_probe_read_kernel#113\nUse a helper allowed for this program type.\n" + Statistics,
            LockdownMode.Confidentiality);

        Assert.Contains("lockdown", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(Statistics)]
    public void Summarize_NothingButStatistics_IsEmpty(string log)
    {
        Assert.Equal(string.Empty, VerifierLog.Summarize(log, LockdownMode.None));
    }

    [Fact]
    public void Decode_BytesThatAreNotUtf8_BecomeReplacementCharacters()
    {
        Assert.Equal("a\uFFFDb", VerifierLog.Decode([(byte)'a', 0xFF, (byte)'b', (byte)'\n', 0, (byte)'c']));
    }

    [Fact]
    public void Decode_BufferWithoutNul_IsTakenWhole()
    {
        Assert.Equal("abc", VerifierLog.Decode("abc"u8));
    }
}
