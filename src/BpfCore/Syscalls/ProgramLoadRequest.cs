namespace BpfCore.Syscalls;

/// <summary>Attributes of a program to be loaded (<c>BPF_PROG_LOAD</c>).</summary>
internal readonly ref struct ProgramLoadRequest
{
    /// <summary>
    /// Name the kernel shows; cut to 15 characters. Empty for kernels that know no names (before 4.15).
    /// </summary>
    public string Name { get; init; }

    /// <summary><c>enum bpf_prog_type</c>.</summary>
    public uint Type { get; init; }

    /// <summary><c>enum bpf_attach_type</c>; 0 where the type needs none.</summary>
    public uint ExpectedAttachType { get; init; }

    /// <summary><c>BPF_F_*</c> flags of programs.</summary>
    public uint Flags { get; init; }

    /// <summary>The instructions, 8 bytes each.</summary>
    public ReadOnlySpan<byte> Instructions { get; init; }

    /// <summary>The license, NUL-terminated.</summary>
    public ReadOnlySpan<byte> License { get; init; }

    /// <summary><c>LINUX_VERSION_CODE</c>, which kernels before 5.0 demand of kprobe programs; else 0.</summary>
    public uint KernelVersion { get; init; }

    /// <summary>BTF of the object, which function and line information refer to, or null.</summary>
    public SafeFdHandle? Btf { get; init; }

    /// <summary>Records of <c>struct bpf_func_info</c>.</summary>
    public ReadOnlySpan<byte> FunctionInfo { get; init; }

    /// <summary>Size of one record of <see cref="FunctionInfo"/> in bytes.</summary>
    public uint FunctionInfoRecordSize { get; init; }

    /// <summary>Records of <c>struct bpf_line_info</c>.</summary>
    public ReadOnlySpan<byte> LineInfo { get; init; }

    /// <summary>Size of one record of <see cref="LineInfo"/> in bytes.</summary>
    public uint LineInfoRecordSize { get; init; }

    /// <summary>Kernel BTF type that the program attaches to; 0 for none.</summary>
    public uint AttachBtfId { get; init; }

    /// <summary>BTF of the module that holds <see cref="AttachBtfId"/>; null for the kernel itself.</summary>
    public SafeFdHandle? AttachBtfObject { get; init; }

    /// <summary>
    /// Descriptors that instructions refer to by their place: of modules' BTF, for kernel functions. Empty for none.
    /// </summary>
    public ReadOnlySpan<int> Descriptors { get; init; }

    /// <summary>Verbosity of the verifier's log: 0 for none (then <see cref="Log"/> is empty), 1, 2 or 4.</summary>
    public uint LogLevel { get; init; }

    /// <summary>Where the verifier writes its log.</summary>
    public Span<byte> Log { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"prog_name={Name} prog_type={Type} insn_cnt={Instructions.Length / 8} " +
        $"expected_attach_type={ExpectedAttachType} attach_btf_id={AttachBtfId} prog_flags=0x{Flags:x} " +
        $"func_info_cnt={Count(FunctionInfo, FunctionInfoRecordSize)} " +
        $"line_info_cnt={Count(LineInfo, LineInfoRecordSize)} log_level={LogLevel} log_size={Log.Length}";

    /// <summary>Number of records of <paramref name="recordSize"/> bytes.</summary>
    internal static uint Count(ReadOnlySpan<byte> records, uint recordSize) =>
        recordSize == 0 ? 0 : (uint)records.Length / recordSize;
}
