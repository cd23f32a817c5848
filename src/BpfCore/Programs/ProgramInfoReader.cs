using System.Buffers.Binary;
using System.Globalization;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Programs;

/// <summary>Asks the kernel about programs.</summary>
internal static class ProgramInfoReader
{
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static ProgramInfo Read(SystemCalls calls, SafeFdHandle program, string subject)
    {
        bpf_prog_info info = default;
        uint[] maps = calls.Bpf.GetProgramInfo(program, ref info, subject);
        return new ProgramInfo
        {
            Id = info.id,
            Name = info.name.ToString(),
            Type = (ProgramType)info.type,
            Tag = BinaryPrimitives.ReverseEndianness(info.tag).ToString("x16", CultureInfo.InvariantCulture),
            TranslatedSize = info.xlated_prog_len,
            CompiledSize = info.jited_prog_len,
            VerifiedInstructions = info.verified_insns,
            RunTimeNanoseconds = info.run_time_ns,
            RunCount = info.run_cnt,
            RecursionMisses = info.recursion_misses,
            LoadTimeNanoseconds = info.load_time,
            CreatedByUserId = info.created_by_uid,
            BtfId = info.btf_id,
            MapIds = maps,
        };
    }
}
