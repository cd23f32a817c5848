using System.Diagnostics.CodeAnalysis;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: every buffer whose address and length go into the attributes is pinned until the call returns; the kernel
// keeps none of them.
internal sealed unsafe partial class BpfSyscall
{
    /// <summary>
    /// <c>BPF_PROG_LOAD</c>. The verifier gives up with EAGAIN when a signal is pending, and the runtime's garbage
    /// collector sends signals: such a load is tried again for as long as it takes.
    /// </summary>
    public bool TryProgramLoad(
        in ProgramLoadRequest request, [NotNullWhen(true)] out SafeFdHandle? program, out Errno error)
    {
        using FdLease btf = FdLease.Optional(request.Btf);
        using FdLease module = FdLease.Optional(request.AttachBtfObject);
        bpf_attr_prog_load attributes = Describe(request);
        attributes.prog_btf_fd = (uint)btf.Value;
        attributes.attach_btf_obj_fd = (uint)module.Value;
        long result = Load(ref attributes, request);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.ProgramLoad, request.ToString(), result);
        }

        return Opened(result, out program, out error);
    }

    /// <summary>
    /// <c>BPF_PROG_BIND_MAP</c>: the program holds a map that its instructions need not refer to. EINVAL before 5.10.
    /// </summary>
    public Errno ProgramBindMap(SafeFdHandle program, SafeFdHandle map)
    {
        using FdLease programLease = program.Lease();
        using FdLease mapLease = map.Lease();
        bpf_attr_prog_bind_map attributes = new()
        {
            prog_fd = (uint)programLease.Value,
            map_fd = (uint)mapLease.Value,
        };
        long result = Call(BpfCommand.ProgramBindMap, ref attributes);
        if (reporter.IsWatched)
        {
            Report(BpfCommand.ProgramBindMap, $"prog_fd={programLease.Value} map_fd={mapLease.Value}", result);
        }

        return result.ToErrno();
    }

    private static bpf_attr_prog_load Describe(in ProgramLoadRequest request)
    {
        bpf_attr_prog_load attributes = new()
        {
            prog_type = request.Type,
            insn_cnt = (uint)request.Instructions.Length / 8,
            expected_attach_type = request.ExpectedAttachType,
            prog_flags = request.Flags,
            kern_version = request.KernelVersion,
            attach_btf_id = request.AttachBtfId,
            func_info_rec_size = request.FunctionInfoRecordSize,
            func_info_cnt = ProgramLoadRequest.Count(request.FunctionInfo, request.FunctionInfoRecordSize),
            line_info_rec_size = request.LineInfoRecordSize,
            line_info_cnt = ProgramLoadRequest.Count(request.LineInfo, request.LineInfoRecordSize),
            log_level = request.LogLevel,
            log_size = (uint)request.Log.Length,
        };
        CopyName(request.Name, ref attributes.prog_name);
        return attributes;
    }

    private long Load(ref bpf_attr_prog_load attributes, in ProgramLoadRequest request)
    {
        fixed (byte* instructions = request.Instructions, license = request.License, log = request.Log)
        fixed (byte* functionInfo = request.FunctionInfo, lineInfo = request.LineInfo)
        fixed (int* descriptors = request.Descriptors)
        {
            attributes.insns = (ulong)instructions;
            attributes.license = (ulong)license;
            attributes.log_buf = (ulong)log;
            attributes.func_info = (ulong)functionInfo;
            attributes.line_info = (ulong)lineInfo;
            attributes.fd_array = (ulong)descriptors;
            long result = Call(BpfCommand.ProgramLoad, ref attributes);
            while (result == -(long)Errno.EAGAIN)
            {
                Thread.Sleep(1);
                result = Call(BpfCommand.ProgramLoad, ref attributes);
            }

            return result;
        }
    }
}
