using System.Runtime.InteropServices;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

public sealed partial class BpfMap
{
    private string Subject => $"map {Name}";

    /// <summary>Puts a descriptor (perf event, program, inner map) into a map of such.</summary>
    internal void SetDescriptor(ReadOnlySpan<byte> key, SafeHandle descriptor)
    {
        CheckKey(key.Length, nameof(key));
        Errno error = _calls.Bpf.MapUpdate(Handle, key, descriptor, (ulong)MapUpdateMode.Any);
        ThrowIfFailed(BpfCommand.MapUpdate, error);
    }

    /// <summary>
    /// Takes a descriptor out again; a map that is closed or refuses keeps it until the map itself is gone.
    /// </summary>
    internal void TryClearDescriptor(ReadOnlySpan<byte> key)
    {
        if (Handle.IsClosed)
        {
            return;
        }

        try
        {
            TryDelete(key);
        }
        catch (SyscallException)
        {
            // Part of a release that must go on, and nothing else depends on it.
        }
    }

    private Errno UpdateElement(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapUpdateMode mode)
    {
        CheckKey(key.Length, nameof(key));
        CheckValue(value.Length, nameof(value));
        return _calls.Bpf.MapUpdate(Handle, key, value, (ulong)mode);
    }

    private void ThrowIfFailed(BpfCommand command, Errno error)
    {
        if (error != Errno.None)
        {
            throw _calls.Failure(command.Call(), Subject, error);
        }
    }

    // The kernel reads and writes as many bytes as the map says, whatever the buffer holds: these two checks are all
    // that keeps it within the buffer.
    private void CheckKey(int length, string parameter)
    {
        if (length != KeySize)
        {
            throw new ArgumentException($"{Subject}: keys are {KeySize} bytes, this one is {length}", parameter);
        }
    }

    private void CheckValue(int length, string parameter)
    {
        if (length != ValueBufferSize)
        {
            throw new ArgumentException(
                $"{Subject}: the value of an element takes {ValueBufferSize} bytes, this one is {length}", parameter);
        }
    }
}
