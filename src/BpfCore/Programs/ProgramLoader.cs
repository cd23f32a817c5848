using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>Loads linked programs of one object (<c>BPF_PROG_LOAD</c>).</summary>
internal sealed class ProgramLoader(
    SystemCalls calls, KernelFeatures features, AttachBtfResolver attachBtf, ModuleDescriptors modules,
    LoadedBtf? btf, string license, VerifierLogLevel logLevel = VerifierLogLevel.None)
{
    private readonly byte[] _license = Encoding.UTF8.GetBytes(license + '\0');

    /// <summary>Loads a program. The verifier is asked for its log after it refused, or as the options say.</summary>
    /// <param name="linked">The program.</param>
    /// <param name="maps">The object's maps, which its instructions refer to.</param>
    /// <param name="program">The program; the caller owns it.</param>
    /// <param name="refusal">Why the kernel refused it: a verifier's or a system call's exception.</param>
    /// <exception cref="KernelFeatureException">The kernel has nothing that the program's target names.</exception>
    public bool TryLoad(
        LinkedProgram linked,
        IReadOnlyDictionary<MapSpec, BpfMap> maps,
        [NotNullWhen(true)] out BpfProgram? program,
        [NotNullWhen(false)] out BpfException? refusal)
    {
        ProgramSpec spec = linked.Spec;
        if (spec.Type == ProgramType.Unspecified)
        {
            throw new InvalidOperationException(
                $"{spec}: the section's name tells no program type; set {nameof(ProgramSpec)}.{nameof(spec.Type)}");
        }

        if (spec.Type == ProgramType.StructOps && linked.StructOps is null)
        {
            throw new InvalidOperationException($"{spec}: no operations of a .struct_ops section use it");
        }

        btf?.Arguments?.Apply(linked);
        using AttachBtf target = linked.StructOps is { } function
            ? attachBtf.Resolve(function)
            : attachBtf.Resolve(spec);
        BpfInstruction[] instructions = (BpfInstruction[])linked.Instructions.Clone();
        using JumpTableMaps tables = new(calls, spec.Name);
        using ReferenceLeases leases = new(linked, maps, modules, tables, instructions);
        (program, refusal) = (null, null);
        if (!TryLoad(linked, instructions, target, out SafeFdHandle? handle, out Errno error, out string log)
            && !TryLoadOlder(linked, instructions, target, out handle, ref error, ref log)
            && !TryLoadWithLog(linked, instructions, target, error, out handle, out refusal))
        {
            return false;
        }

        BindConstants(linked, handle, maps);
        Report(spec, instructions.Length, handle);
        program = new BpfProgram(calls, handle, spec) { ObjectMaps = maps, VerifierLog = log };
        return true;
    }

    // As the options say: without a log, or with one that is given more room until it fits.
    private bool TryLoad(
        LinkedProgram linked,
        BpfInstruction[] instructions,
        in AttachBtf target,
        [NotNullWhen(true)] out SafeFdHandle? handle,
        out Errno error,
        out string log)
    {
        log = string.Empty;
        if (logLevel == VerifierLogLevel.None)
        {
            return TryLoad(linked, instructions, target, log: default, out handle, out error);
        }

        (handle, error) = (null, Errno.ENOSPC);
        foreach (int size in VerifierLog.BufferSizes)
        {
            byte[] buffer = VerifierLog.NewBuffer(size);
            if (TryLoad(linked, instructions, target, buffer, out handle, out error))
            {
                log = VerifierLog.Decode(buffer);
                return true;
            }

            if (error != Errno.ENOSPC)
            {
                break;
            }
        }

        return false;
    }

    private bool TryLoad(
        LinkedProgram linked,
        BpfInstruction[] instructions,
        in AttachBtf target,
        Span<byte> log,
        [NotNullWhen(true)] out SafeFdHandle? handle,
        out Errno error)
    {
        ProgramSpec spec = linked.Spec;
        bool sendsInfo = btf is { HasFunctions: true };
        ProgramLoadRequest request = new()
        {
            Name = spec.Name,
            Type = (uint)spec.Type,
            ExpectedAttachType = (uint)spec.ExpectedAttachType,
            Flags = (uint)spec.Flags,
            Instructions = MemoryMarshal.AsBytes(instructions.AsSpan()),
            License = _license,
            KernelVersion = spec.Type == ProgramType.Kprobe ? KernelVersion.Current.Code : 0,
            Btf = sendsInfo ? btf!.Handle : null,
            FunctionInfo = sendsInfo ? linked.FunctionInfo.Bytes : default,
            FunctionInfoRecordSize = sendsInfo ? (uint)linked.FunctionInfo.RecordSize : 0,
            LineInfo = sendsInfo ? linked.LineInfo.Bytes : default,
            LineInfoRecordSize = sendsInfo ? (uint)linked.LineInfo.RecordSize : 0,
            AttachBtfId = target.TypeId,
            AttachBtfObject = target.Module ?? target.Program,
            Descriptors = modules.Array,
            LogLevel = log.IsEmpty ? 0u : Math.Max((uint)logLevel, 1u),
            Log = log,
        };
        return calls.Bpf.TryProgramLoad(request, out handle, out error)
            || (error == Errno.E2BIG && TryLoadShorterInfo(request, out handle, ref error))
            || (error == Errno.E2BIG && TryLoadFewerFields(request, spec, out handle, ref error));
    }

    private bool TryLoadFewerFields(
        in ProgramLoadRequest request, ProgramSpec spec, [NotNullWhen(true)] out SafeFdHandle? handle, ref Errno error)
    {
        bool isNamed = request.Name.Length == 0 || !features.Lacks(KernelFeature.ObjectNames);
        bool hasAttachType = !OptionalAttachTypes.Contains(spec.SectionName)
            || !features.Lacks(KernelFeature.ExpectedAttachTypes);
        handle = null;
        if (isNamed && hasAttachType)
        {
            return false; // the program itself is too long
        }

        calls.Observer?.OnFallback(new FallbackTaken(
            spec.ToString(), "name and attach type", "what this kernel has room for", error.Symbol()));
        ProgramLoadRequest fewer = request with
        {
            Name = isNamed ? request.Name : string.Empty,
            ExpectedAttachType = hasAttachType ? request.ExpectedAttachType : 0,
        };
        return calls.Bpf.TryProgramLoad(fewer, out handle, out error);
    }

    private bool TryLoadShorterInfo(
        in ProgramLoadRequest request, [NotNullWhen(true)] out SafeFdHandle? handle, ref Errno error)
    {
        (int function, int line) = ((int)request.FunctionInfoRecordSize, (int)request.LineInfoRecordSize);
        handle = null;
        if (function <= InfoRecords.FunctionSize && line <= InfoRecords.LineSize)
        {
            return false;
        }

        calls.Observer?.OnFallback(new FallbackTaken(
            $"program {request.Name}", "all function and line information", "what every kernel knows", error.Symbol()));
        int keptFunction = Math.Min(function, InfoRecords.FunctionSize);
        int keptLine = Math.Min(line, InfoRecords.LineSize);
        ProgramLoadRequest shorter = request with
        {
            FunctionInfo = InfoRecords.Cut(request.FunctionInfo, function, keptFunction),
            FunctionInfoRecordSize = (uint)keptFunction,
            LineInfo = InfoRecords.Cut(request.LineInfo, line, keptLine),
            LineInfoRecordSize = (uint)keptLine,
        };
        return calls.Bpf.TryProgramLoad(shorter, out handle, out error);
    }

    private bool TryLoadOlder(
        LinkedProgram linked,
        BpfInstruction[] instructions,
        in AttachBtf target,
        [NotNullWhen(true)] out SafeFdHandle? handle,
        ref Errno error,
        ref string log)
    {
        handle = null;
        if (error != Errno.EINVAL
            || Lockdown.Current() == LockdownMode.Confidentiality // forbids the older helpers too
            || !features.Lacks(KernelFeature.ProbeReadKernel)
            || !HelperDowngrade.Apply(instructions))
        {
            return false;
        }

        calls.Observer?.OnFallback(new FallbackTaken(
            linked.Spec.ToString(), "bpf_probe_read_kernel", "bpf_probe_read", "the kernel is older than 5.5"));
        return TryLoad(linked, instructions, target, out handle, out error, out log);
    }

    private bool TryLoadWithLog(
        LinkedProgram linked,
        BpfInstruction[] instructions,
        in AttachBtf target,
        Errno error,
        [NotNullWhen(true)] out SafeFdHandle? handle,
        [NotNullWhen(false)] out BpfException? refusal)
    {
        (handle, refusal) = (null, null);
        if (error == Errno.EPERM)
        {
            MemoryLock.RaiseWhereNeeded(calls, features); // before 5.11 the limit shows as EPERM, here as at maps
        }

        string log = string.Empty;
        foreach (int size in VerifierLog.BufferSizes)
        {
            byte[] buffer = VerifierLog.NewBuffer(size);
            if (TryLoad(linked, instructions, target, buffer, out handle, out Errno logged))
            {
                return true;
            }

            log = VerifierLog.Decode(buffer);
            if (logged != Errno.ENOSPC)
            {
                break;
            }
        }

        refusal = Refusal(linked, error, log);
        return false;
    }

    private BpfException Refusal(LinkedProgram linked, Errno error, string log)
    {
        string name = linked.Spec.Name;
        return log.Length == 0
            ? calls.Failure(BpfCommand.ProgramLoad.Call(), $"program {name}", error)
            : new BpfVerifierException(
                name,
                (int)error,
                error.Symbol(),
                RefusalAdvice.Append(VerifierLog.Summarize(log, Lockdown.Current()), log, linked),
                log);
    }

    // As libbpf does: constants that the instructions do not use, such as those that describe the program to bpftool,
    // are kept with it. It runs as well without them, as on kernels that cannot bind.
    private void BindConstants(
        LinkedProgram linked, SafeFdHandle handle, IReadOnlyDictionary<MapSpec, BpfMap> maps)
    {
        foreach ((MapSpec spec, BpfMap map) in maps)
        {
            if (!spec.SectionName.StartsWith(".rodata", StringComparison.Ordinal)
                || IsUsed(spec, linked))
            {
                continue;
            }

            Errno error = calls.Bpf.ProgramBindMap(handle, map.Handle);
            if (error != Errno.None)
            {
                calls.Observer?.OnFallback(new FallbackTaken(
                    linked.Spec.ToString(), $"bound to {spec}", "without it", error.Symbol()));
            }
        }
    }

    private static bool IsUsed(MapSpec map, LinkedProgram linked)
    {
        foreach (ProgramReference reference in linked.References)
        {
            if (reference.Map == map)
            {
                return true;
            }
        }

        return false;
    }

    private void Report(ProgramSpec spec, int instructionCount, SafeFdHandle handle)
    {
        if (calls.Observer is BpfObserver observer)
        {
            using FdLease lease = handle.Lease();
            observer.OnProgramLoaded(new ProgramLoaded(
                spec.Name, spec.Type.ToString(), instructionCount, lease.Value));
        }
    }
}
