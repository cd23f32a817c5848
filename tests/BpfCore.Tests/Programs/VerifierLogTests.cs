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
    [InlineData("scalar-dereference", "1: (61) r0 = *(u32 *)(r1 +0)|R1 invalid mem access 'scalar'")]
    [InlineData("helper-of-other-type", "3: (85) call bpf_probe_read_kernel#113|R1 type=scalar expected=fp, pkt, "
        + "pkt_meta, map_key, map_value, mem, ringbuf_mem, buf, trusted_ptr_, ctx")]
    [InlineData("gpl-only-helper", "4: (85) call bpf_probe_read_kernel#113|"
        + "cannot call GPL-restricted function from non-GPL compatible program")]
    [InlineData("poisoned-call", "0: (85) call unknown#195896080|invalid func unknown#195896080|"
        + "the program reaches an instruction whose CO-RE relocation found no match in this kernel")]
    [InlineData("unchecked-lookup", "6: (79) r0 = *(u64 *)(r0 +0)|R0 invalid mem access 'map_value_or_null'")]
    [InlineData("value-out-of-bounds", "8: (79) r0 = *(u64 *)(r0 +8)|"
        + "invalid access to map value, value_size=8 off=8 size=8|"
        + "R0 min value is outside of the allowed memory range")]
    [InlineData("reference-leak", "8: (95) exit|Unreleased reference id=2 alloc_insn=4|"
        + "BPF_EXIT instruction in main prog would lead to reference leak")] // the report stands between the two
    [InlineData("unreachable", "unreachable insn 2")]
    [InlineData("context-out-of-bounds", "0: (79) r1 = *(u64 *)(r1 +4096)|"
        + "invalid bpf_context access off=4096 size=8")]
    [InlineData("no-attach-target", "Tracing programs must provide btf_id")]
    [InlineData("jump-out-of-range", "jump out of range from insn 1 to 102")]
    [InlineData("bad-return-range", "1: (95) exit|"
        + "At program exit the register R0 has smin=77 smax=77 should have been in [0, 1]")]
    public void Summarize_LogOfLinux73_TellsTheComplaintWithoutTheReport(string name, string expected)
    {
        string text = File.ReadAllText(Fixtures.PathOfVectors("verifier-logs-7.3.txt"));
        string log = text.Split("=== ").Single(part => part.StartsWith(name + '\n', StringComparison.Ordinal));

        string summary = VerifierLog.Summarize(log[(name.Length + 1)..], LockdownMode.None);

        Assert.Equal(expected, summary.ReplaceLineEndings("|"));
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
